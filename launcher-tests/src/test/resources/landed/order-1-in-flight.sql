-- What the orders database may hold in the shape of its migration 1 while orders are in flight.

-- undelivered
insert into orders (id, status, number, customer_id, idempotency_key, fingerprint, currency, total, version, placed_at,
                    updated_at, events_removed_at)
values ('bfe7074d-37b2-5456-b5ad-a50e8d1aedd0', 'PLACED', 5, 'c05d1df8-2829-4734-ba50-2ed27914b604', 'undelivered', '414fd24ad12b79423884b761e012f73cde241b580da608768616242e2cf3d663', 'EUR', 1300,
        1, '2024-11-28', '2024-11-28', null);
insert into order_line (order_id, line, product_id, sku, name, quantity, unit_price, line_total) values
  ('bfe7074d-37b2-5456-b5ad-a50e8d1aedd0', 1, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e03', 'LAMP-3', 'Desk lamp', 2, 500, 1000),
  ('bfe7074d-37b2-5456-b5ad-a50e8d1aedd0', 2, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e04', 'LAMP-4', 'Night lamp', 1, 300, 300);
insert into event (id, order_id, customer_id, sequence, type, time, data, traceparent) overriding system value
values (9, 'bfe7074d-37b2-5456-b5ad-a50e8d1aedd0', 'c05d1df8-2829-4734-ba50-2ed27914b604', 1, 'OrderPlaced', '2024-11-28',
        '{"total": 1300, "currency": "EUR", "customerId": "c05d1df8-2829-4734-ba50-2ed27914b604"}', '00-93d49060bb0ea7c1c72212df907044ef-20a22b7930a8a8f5-01');
insert into outbox (event_id, order_id, sequence, type, attempts, parked_at, discarded_at)
values (9, 'bfe7074d-37b2-5456-b5ad-a50e8d1aedd0', 1, 'OrderPlaced', 0, null, null);

-- refused
insert into orders (id, status, number, customer_id, idempotency_key, fingerprint, currency, total, version, placed_at,
                    updated_at, events_removed_at)
values ('a7901220-4211-5ea9-a861-985932058f6a', 'PLACED', 6, 'c05d1df8-2829-4734-ba50-2ed27914b604', 'refused', '83c874d33e8bff73caaa762c79cd1ed101d727c7f20fe4972c67e67978292f23', 'EUR', 1300,
        1, '2024-11-28', '2024-11-28', null);
insert into order_line (order_id, line, product_id, sku, name, quantity, unit_price, line_total) values
  ('a7901220-4211-5ea9-a861-985932058f6a', 1, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e03', 'LAMP-3', 'Desk lamp', 2, 500, 1000),
  ('a7901220-4211-5ea9-a861-985932058f6a', 2, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e04', 'LAMP-4', 'Night lamp', 1, 300, 300);
insert into event (id, order_id, customer_id, sequence, type, time, data, traceparent) overriding system value
values (10, 'a7901220-4211-5ea9-a861-985932058f6a', 'c05d1df8-2829-4734-ba50-2ed27914b604', 1, 'OrderPlaced', '2024-11-28',
        '{"total": 1300, "currency": "EUR", "customerId": "c05d1df8-2829-4734-ba50-2ed27914b604"}', '00-93d49060bb0ea7c1c72212df907044ef-20a22b7930a8a8f5-01');
insert into outbox (event_id, order_id, sequence, type, attempts, parked_at, discarded_at)
values (10, 'a7901220-4211-5ea9-a861-985932058f6a', 1, 'OrderPlaced', 3, null, null);

-- cancelled
insert into orders (id, status, number, customer_id, idempotency_key, fingerprint, currency, total, version, placed_at,
                    updated_at, events_removed_at)
values ('4420959c-7d36-5097-b850-5d37842a2a4e', 'CANCELLED', 7, 'c05d1df8-2829-4734-ba50-2ed27914b604', 'cancelled', '8b47045eb7b8ca42aa967f33ee1d014ba89f8d1ac207426b482d34b5c0d90935', 'EUR', 1300,
        2, '2024-11-28', '2024-11-28', null);
insert into order_line (order_id, line, product_id, sku, name, quantity, unit_price, line_total) values
  ('4420959c-7d36-5097-b850-5d37842a2a4e', 1, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e03', 'LAMP-3', 'Desk lamp', 2, 500, 1000),
  ('4420959c-7d36-5097-b850-5d37842a2a4e', 2, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e04', 'LAMP-4', 'Night lamp', 1, 300, 300);
insert into event (id, order_id, customer_id, sequence, type, time, data, traceparent) overriding system value
values (11, '4420959c-7d36-5097-b850-5d37842a2a4e', 'c05d1df8-2829-4734-ba50-2ed27914b604', 1, 'OrderPlaced', '2024-11-28',
        '{"total": 1300, "currency": "EUR", "customerId": "c05d1df8-2829-4734-ba50-2ed27914b604"}', '00-93d49060bb0ea7c1c72212df907044ef-20a22b7930a8a8f5-01');
insert into event (id, order_id, customer_id, sequence, type, time, data, traceparent) overriding system value
values (12, '4420959c-7d36-5097-b850-5d37842a2a4e', 'c05d1df8-2829-4734-ba50-2ed27914b604', 2, 'OrderCancelled', '2024-11-28',
        '{"reason": "changed my mind"}', '00-93d49060bb0ea7c1c72212df907044ef-20a22b7930a8a8f5-01');
insert into outbox (event_id, order_id, sequence, type, attempts, parked_at, discarded_at)
values (11, '4420959c-7d36-5097-b850-5d37842a2a4e', 1, 'OrderPlaced', 0, null, null);
insert into outbox (event_id, order_id, sequence, type, attempts, parked_at, discarded_at)
values (12, '4420959c-7d36-5097-b850-5d37842a2a4e', 2, 'OrderCancelled', 0, null, null);

-- parked
insert into orders (id, status, number, customer_id, idempotency_key, fingerprint, currency, total, version, placed_at,
                    updated_at, events_removed_at)
values ('6013da1b-b1d7-56d9-a57d-e17d24df84c1', 'PLACED', 8, 'c05d1df8-2829-4734-ba50-2ed27914b604', 'parked', 'bbe7d3d2e328e1f6bfda920a268b216d1e22bf41bd028cdf6162bfcd2b826178', 'EUR', 1300,
        1, '2024-11-28', '2024-11-28', null);
insert into order_line (order_id, line, product_id, sku, name, quantity, unit_price, line_total) values
  ('6013da1b-b1d7-56d9-a57d-e17d24df84c1', 1, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e03', 'LAMP-3', 'Desk lamp', 2, 500, 1000),
  ('6013da1b-b1d7-56d9-a57d-e17d24df84c1', 2, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e04', 'LAMP-4', 'Night lamp', 1, 300, 300);
insert into event (id, order_id, customer_id, sequence, type, time, data, traceparent) overriding system value
values (13, '6013da1b-b1d7-56d9-a57d-e17d24df84c1', 'c05d1df8-2829-4734-ba50-2ed27914b604', 1, 'OrderPlaced', '2024-11-28',
        '{"total": 1300, "currency": "EUR", "customerId": "c05d1df8-2829-4734-ba50-2ed27914b604"}', '00-93d49060bb0ea7c1c72212df907044ef-20a22b7930a8a8f5-01');
insert into outbox (event_id, order_id, sequence, type, attempts, parked_at, discarded_at)
values (13, '6013da1b-b1d7-56d9-a57d-e17d24df84c1', 1, 'OrderPlaced', 12, '2024-11-29', null);

-- parked-cancelled
insert into orders (id, status, number, customer_id, idempotency_key, fingerprint, currency, total, version, placed_at,
                    updated_at, events_removed_at)
values ('5eb65b33-eb60-56cd-b4c4-3853cd9c4ad6', 'CANCELLED', 9, 'c05d1df8-2829-4734-ba50-2ed27914b604', 'parked-cancelled', '621720ad532d4caf35c6521006144b4a2ffc8e4de442f17bd2d1810b01f84773', 'EUR', 1300,
        2, '2024-11-28', '2024-11-28', null);
insert into order_line (order_id, line, product_id, sku, name, quantity, unit_price, line_total) values
  ('5eb65b33-eb60-56cd-b4c4-3853cd9c4ad6', 1, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e03', 'LAMP-3', 'Desk lamp', 2, 500, 1000),
  ('5eb65b33-eb60-56cd-b4c4-3853cd9c4ad6', 2, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e04', 'LAMP-4', 'Night lamp', 1, 300, 300);
insert into event (id, order_id, customer_id, sequence, type, time, data, traceparent) overriding system value
values (14, '5eb65b33-eb60-56cd-b4c4-3853cd9c4ad6', 'c05d1df8-2829-4734-ba50-2ed27914b604', 1, 'OrderPlaced', '2024-11-28',
        '{"total": 1300, "currency": "EUR", "customerId": "c05d1df8-2829-4734-ba50-2ed27914b604"}', '00-93d49060bb0ea7c1c72212df907044ef-20a22b7930a8a8f5-01');
insert into event (id, order_id, customer_id, sequence, type, time, data, traceparent) overriding system value
values (15, '5eb65b33-eb60-56cd-b4c4-3853cd9c4ad6', 'c05d1df8-2829-4734-ba50-2ed27914b604', 2, 'OrderCancelled', '2024-11-28',
        '{"reason": "changed my mind"}', '00-93d49060bb0ea7c1c72212df907044ef-20a22b7930a8a8f5-01');
insert into outbox (event_id, order_id, sequence, type, attempts, parked_at, discarded_at)
values (14, '5eb65b33-eb60-56cd-b4c4-3853cd9c4ad6', 1, 'OrderPlaced', 12, '2024-11-29', null);
insert into outbox (event_id, order_id, sequence, type, attempts, parked_at, discarded_at)
values (15, '5eb65b33-eb60-56cd-b4c4-3853cd9c4ad6', 2, 'OrderCancelled', 0, null, null);

-- discarded
insert into orders (id, status, number, customer_id, idempotency_key, fingerprint, currency, total, version, placed_at,
                    updated_at, events_removed_at)
values ('00a18ead-04c5-58d9-a9a1-1c9046031b59', 'PLACED', 10, 'c05d1df8-2829-4734-ba50-2ed27914b604', 'discarded', '1fcc4b37141c12bdbd26dde9b38274d3722510565931d89e3e43526c2ea68feb', 'EUR', 1300,
        1, '2024-11-28', '2024-11-28', null);
insert into order_line (order_id, line, product_id, sku, name, quantity, unit_price, line_total) values
  ('00a18ead-04c5-58d9-a9a1-1c9046031b59', 1, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e03', 'LAMP-3', 'Desk lamp', 2, 500, 1000),
  ('00a18ead-04c5-58d9-a9a1-1c9046031b59', 2, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e04', 'LAMP-4', 'Night lamp', 1, 300, 300);
insert into event (id, order_id, customer_id, sequence, type, time, data, traceparent) overriding system value
values (16, '00a18ead-04c5-58d9-a9a1-1c9046031b59', 'c05d1df8-2829-4734-ba50-2ed27914b604', 1, 'OrderPlaced', '2024-11-28',
        '{"total": 1300, "currency": "EUR", "customerId": "c05d1df8-2829-4734-ba50-2ed27914b604"}', '00-93d49060bb0ea7c1c72212df907044ef-20a22b7930a8a8f5-01');
insert into outbox (event_id, order_id, sequence, type, attempts, parked_at, discarded_at)
values (16, '00a18ead-04c5-58d9-a9a1-1c9046031b59', 1, 'OrderPlaced', 12, '2024-11-29', '2024-11-29');

-- abandoned
insert into orders (id, status, version, updated_at) values ('b74f9eca-a6a2-5457-ab4f-c4078f156821', 'ABANDONED', 0, '2024-11-28');

-- over
insert into orders (id, status, number, customer_id, idempotency_key, fingerprint, currency, total, version, placed_at,
                    updated_at, events_removed_at)
values ('d1121c95-ff4e-5b00-9f5a-338ff595017f', 'DELIVERED', 11, 'c05d1df8-2829-4734-ba50-2ed27914b604', 'over', '5fb6a47e368e12e5d8b19280796e6a3d146fe391ed2e967d5f95c55bfb0f9c2f', 'EUR', 1300,
        3, '2024-11-28', '2024-11-28', '2025-01-28');
insert into order_line (order_id, line, product_id, sku, name, quantity, unit_price, line_total) values
  ('d1121c95-ff4e-5b00-9f5a-338ff595017f', 1, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e03', 'LAMP-3', 'Desk lamp', 2, 500, 1000),
  ('d1121c95-ff4e-5b00-9f5a-338ff595017f', 2, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e04', 'LAMP-4', 'Night lamp', 1, 300, 300);

select setval('public.order_number', 11);
select setval('public.event_id_seq', 16);
