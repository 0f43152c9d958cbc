/**
 * What a start does besides running services, the same for {@code up} and {@code cluster}: takes
 * the data directory, loads the sample catalogue, and prints the addresses of what runs.
 */
package org.tradepost.launcher.startup;
