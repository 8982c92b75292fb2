-- The five plans of the product. Prices are Rials. `free` and `vendor_free` are known to the functions by name.
INSERT INTO payment_plans
    (name, display_name, description, audience, price_per_month_cents, monthly_conversions_limit, monthly_images_limit)
VALUES
    ('free', 'Free Plan', '2 conversions, 5 images', 'user', 0, 2, 5),
    ('basic', 'Basic Plan', '20 conversions, 50 images', 'user', 50000, 20, 50),
    ('advanced', 'Advanced Plan', '100 conversions, 200 images', 'user', 150000, 100, 200),
    ('vendor_free', 'Vendor Free Plan', '10 images', 'vendor', 0, 0, 10),
    ('vendor_pro', 'Vendor Pro Plan', '500 images', 'vendor', 100000, 0, 500)
ON CONFLICT (name) DO NOTHING;
