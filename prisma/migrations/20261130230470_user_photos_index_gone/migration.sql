-- idx_images_user has a type of a user's in the same order.
DROP INDEX CONCURRENTLY IF EXISTS idx_images_user_photos;
