-- What the product database may hold in the shape of its migration 1 while orders are in flight.
insert into product (id, sku, name, description, category, amount, currency, attributes) values
  ('3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e03', 'LAMP-3', 'Desk lamp', 'A lamp for a desk.', 'lamps', 500, 'EUR', '{}'),
  ('3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e04', 'LAMP-4', 'Night lamp', 'A lamp for the night.', 'lamps', 300, 'EUR', '{}');
insert into price_history (product_id, version, valid_from, amount, currency) values
  ('3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e03', 1, '2024-11-28', 500, 'EUR'), ('3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e04', 1, '2024-11-28', 300, 'EUR');
insert into stock (product_id, on_hand, reserved) values ('3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e03', 46, 12), ('3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e04', 48, 6);
insert into ledger (product_id, delta, reason, on_hand) values ('3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e03', 50, 'opening', 50), ('3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e04', 50, 'opening', 50);

-- undelivered
insert into hold (order_id, state, fingerprint, expires_at, settled_at, lines_removed_at)
values ('bfe7074d-37b2-5456-b5ad-a50e8d1aedd0', 'HELD', '414fd24ad12b79423884b761e012f73cde241b580da608768616242e2cf3d663', now() + interval '1 hour',
        null, null);
insert into hold_line (order_id, line_no, product_id, sku, name, quantity, amount, currency) values
  ('bfe7074d-37b2-5456-b5ad-a50e8d1aedd0', 1, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e03', 'LAMP-3', 'Desk lamp', 2, 500, 'EUR'),
  ('bfe7074d-37b2-5456-b5ad-a50e8d1aedd0', 2, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e04', 'LAMP-4', 'Night lamp', 1, 300, 'EUR');

-- refused
insert into hold (order_id, state, fingerprint, expires_at, settled_at, lines_removed_at)
values ('a7901220-4211-5ea9-a861-985932058f6a', 'HELD', '83c874d33e8bff73caaa762c79cd1ed101d727c7f20fe4972c67e67978292f23', now() + interval '1 hour',
        null, null);
insert into hold_line (order_id, line_no, product_id, sku, name, quantity, amount, currency) values
  ('a7901220-4211-5ea9-a861-985932058f6a', 1, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e03', 'LAMP-3', 'Desk lamp', 2, 500, 'EUR'),
  ('a7901220-4211-5ea9-a861-985932058f6a', 2, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e04', 'LAMP-4', 'Night lamp', 1, 300, 'EUR');

-- cancelled
insert into hold (order_id, state, fingerprint, expires_at, settled_at, lines_removed_at)
values ('4420959c-7d36-5097-b850-5d37842a2a4e', 'HELD', '8b47045eb7b8ca42aa967f33ee1d014ba89f8d1ac207426b482d34b5c0d90935', now() + interval '1 hour',
        null, null);
insert into hold_line (order_id, line_no, product_id, sku, name, quantity, amount, currency) values
  ('4420959c-7d36-5097-b850-5d37842a2a4e', 1, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e03', 'LAMP-3', 'Desk lamp', 2, 500, 'EUR'),
  ('4420959c-7d36-5097-b850-5d37842a2a4e', 2, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e04', 'LAMP-4', 'Night lamp', 1, 300, 'EUR');

-- parked
insert into hold (order_id, state, fingerprint, expires_at, settled_at, lines_removed_at)
values ('6013da1b-b1d7-56d9-a57d-e17d24df84c1', 'HELD', 'bbe7d3d2e328e1f6bfda920a268b216d1e22bf41bd028cdf6162bfcd2b826178', now() + interval '1 hour',
        null, null);
insert into hold_line (order_id, line_no, product_id, sku, name, quantity, amount, currency) values
  ('6013da1b-b1d7-56d9-a57d-e17d24df84c1', 1, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e03', 'LAMP-3', 'Desk lamp', 2, 500, 'EUR'),
  ('6013da1b-b1d7-56d9-a57d-e17d24df84c1', 2, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e04', 'LAMP-4', 'Night lamp', 1, 300, 'EUR');

-- parked-cancelled
insert into hold (order_id, state, fingerprint, expires_at, settled_at, lines_removed_at)
values ('5eb65b33-eb60-56cd-b4c4-3853cd9c4ad6', 'HELD', '621720ad532d4caf35c6521006144b4a2ffc8e4de442f17bd2d1810b01f84773', now() + interval '1 hour',
        null, null);
insert into hold_line (order_id, line_no, product_id, sku, name, quantity, amount, currency) values
  ('5eb65b33-eb60-56cd-b4c4-3853cd9c4ad6', 1, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e03', 'LAMP-3', 'Desk lamp', 2, 500, 'EUR'),
  ('5eb65b33-eb60-56cd-b4c4-3853cd9c4ad6', 2, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e04', 'LAMP-4', 'Night lamp', 1, 300, 'EUR');

-- discarded
insert into hold (order_id, state, fingerprint, expires_at, settled_at, lines_removed_at)
values ('00a18ead-04c5-58d9-a9a1-1c9046031b59', 'COMMITTED', '1fcc4b37141c12bdbd26dde9b38274d3722510565931d89e3e43526c2ea68feb', now() + interval '1 hour',
        '2024-11-28', null);
insert into hold_line (order_id, line_no, product_id, sku, name, quantity, amount, currency) values
  ('00a18ead-04c5-58d9-a9a1-1c9046031b59', 1, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e03', 'LAMP-3', 'Desk lamp', 2, 500, 'EUR'),
  ('00a18ead-04c5-58d9-a9a1-1c9046031b59', 2, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e04', 'LAMP-4', 'Night lamp', 1, 300, 'EUR');
insert into ledger (product_id, delta, reason, order_id, on_hand) values
  ('3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e03', -2, 'sold', '00a18ead-04c5-58d9-a9a1-1c9046031b59', 0), ('3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e04', -1, 'sold', '00a18ead-04c5-58d9-a9a1-1c9046031b59', 0);

-- unwritten
insert into hold (order_id, state, fingerprint, expires_at, settled_at, lines_removed_at)
values ('93b7efdb-bc3c-5105-9a1d-2f8de752d323', 'HELD', 'ecffff50534d4fa88ec2774e2a6dc9d95e1e90b0772b7dbd7b1f95b0298258e7', now() - interval '1 hour',
        null, null);
insert into hold_line (order_id, line_no, product_id, sku, name, quantity, amount, currency) values
  ('93b7efdb-bc3c-5105-9a1d-2f8de752d323', 1, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e03', 'LAMP-3', 'Desk lamp', 2, 500, 'EUR'),
  ('93b7efdb-bc3c-5105-9a1d-2f8de752d323', 2, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e04', 'LAMP-4', 'Night lamp', 1, 300, 'EUR');

-- abandoned
insert into hold (order_id, state, fingerprint, expires_at, settled_at, lines_removed_at)
values ('b74f9eca-a6a2-5457-ab4f-c4078f156821', 'RELEASED', '20e7f550122ee415de2b6d761a474ea5a363cbb575604f18b1fffb269e4cf48a', now() + interval '1 hour',
        '2024-11-28', null);
insert into hold_line (order_id, line_no, product_id, sku, name, quantity, amount, currency) values
  ('b74f9eca-a6a2-5457-ab4f-c4078f156821', 1, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e03', 'LAMP-3', 'Desk lamp', 2, 500, 'EUR'),
  ('b74f9eca-a6a2-5457-ab4f-c4078f156821', 2, '3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e04', 'LAMP-4', 'Night lamp', 1, 300, 'EUR');

-- over
insert into hold (order_id, state, fingerprint, expires_at, settled_at, lines_removed_at)
values ('d1121c95-ff4e-5b00-9f5a-338ff595017f', 'COMMITTED', '5fb6a47e368e12e5d8b19280796e6a3d146fe391ed2e967d5f95c55bfb0f9c2f', now() + interval '1 hour',
        '2024-11-28', '2025-01-28');
insert into ledger (product_id, delta, reason, order_id, on_hand) values
  ('3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e03', -2, 'sold', 'd1121c95-ff4e-5b00-9f5a-338ff595017f', 0), ('3f0d1c52-7a77-4d0e-9a6d-0d5b6a3c9e04', -1, 'sold', 'd1121c95-ff4e-5b00-9f5a-338ff595017f', 0);
