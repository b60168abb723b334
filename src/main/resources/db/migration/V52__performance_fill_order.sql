-- The background round finds an order's fills by the order, to hold them against the facts.
create index performance_fill_order on performance_fill (order_id);
