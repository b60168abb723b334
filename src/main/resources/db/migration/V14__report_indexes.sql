-- The report over many signals: totals from an index alone, and pages of rare strategies and pairs without reading all others.

drop index signal_summary_newest;
create index signal_summary_newest on signal_summary (received_at desc, signal_id desc) include (outcome);
drop index signal_summary_source;
create index signal_summary_source on signal_summary (source, received_at desc, signal_id desc) include (outcome);
create index signal_summary_strategy on signal_summary (strategy, received_at desc, signal_id desc) include (outcome);
create index signal_summary_pair on signal_summary (pair, received_at desc, signal_id desc) include (outcome);
