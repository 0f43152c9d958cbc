/**
 * Reviews of products, each by a customer who bought the product: an example of a fifth service.
 */
package org.tradepost.reviews;
