package org.tradepost.launcher.torture;

import java.util.List;

/**
 * What a buyer asks for under a key.
 *
 * @param wishes one for each product
 */
record Attempt(String key, List<Wish> wishes) {}
