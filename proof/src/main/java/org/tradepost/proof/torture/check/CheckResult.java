package org.tradepost.proof.torture.check;

import java.util.List;

/**
 * What was found of something that must be so.
 *
 * @param says what must be so
 * @param checked how many things were checked
 * @param findings where it is not so, one each
 */
public record CheckResult(String says, long checked, List<String> findings) {}
