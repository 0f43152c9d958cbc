package org.tradepost.proof.torture.check;

import java.util.List;

/**
 * What was found of something that must be so.
 *
 * @param says what must be so
 * @param looked at how many things
 * @param findings where it is not so, one each
 */
public record CheckResult(String says, long looked, List<String> findings) {}
