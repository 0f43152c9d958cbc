/**
 * The data directory and the small files in it: passwords, the first start, and the addresses of
 * running nodes.
 */
package org.tradepost.launcher.data;
