package org.tradepost.proof.torture.check;

import java.util.List;

/**
 * The result of one check.
 *
 * @param condition what must be true
 * @param checked how many things were checked
 * @param findings one for each violation
 */
public record CheckResult(String condition, long checked, List<String> findings) {}
