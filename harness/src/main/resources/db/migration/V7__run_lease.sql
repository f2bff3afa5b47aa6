-- Who owns a run: the process that renews the lease on the run's row. The table shedlock stays for the release before this one.
alter table run add column lease_until timestamptz; -- by the database's clock; null: opened by a release that used shedlock
