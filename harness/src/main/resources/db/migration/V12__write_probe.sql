-- Whether the database accepts writes: after a refused statement, something is inserted here and rolled back.
create table write_probe (
    filler text
);
alter table write_probe alter column filler set storage external; -- as long as it is: it must need new pages
