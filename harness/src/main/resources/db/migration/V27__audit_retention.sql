-- Old lines of the audit log are deleted.
create index audit_log_by_time on audit_log (at);
