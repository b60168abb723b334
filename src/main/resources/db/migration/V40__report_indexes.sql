-- The report over many signals: totals from an index alone, and pages of rare strategies and pairs without reading all others.

-- Small, because equal entries are stored once: a million outcomes are 7 MB.
create index signal_summary_counts on signal_summary (outcome);
drop index signal_summary_newest;
create index signal_summary_newest on signal_summary (received_at desc, signal_id desc) include (outcome);
drop index signal_summary_source;
create index signal_summary_source on signal_summary (source, received_at desc, signal_id desc) include (outcome);
create index signal_summary_strategy on signal_summary (strategy, received_at desc, signal_id desc) include (outcome);
create index signal_summary_pair on signal_summary (pair, received_at desc, signal_id desc) include (outcome);
-- The performance report reads all orders and fills: a tenth of the facts.
create index journal_intended on journal (recorded_at) where kind = 'order-intended';
create index journal_executed on journal (recorded_at) where kind in ('order-progressed', 'order-ended');
