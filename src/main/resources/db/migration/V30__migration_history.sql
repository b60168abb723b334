-- A process that does not migrate itself (signal-to-order.migration=elsewhere) looks whether somebody else did.
grant select on flyway_schema_history to ${runtimeRole};
