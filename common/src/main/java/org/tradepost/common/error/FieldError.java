package org.tradepost.common.error;

/**
 * One fault of a request.
 *
 * @param pointer RFC 6901 JSON pointer to the field, parameters being fields at the top
 * @param detail what is wrong with it
 */
public record FieldError(String pointer, String detail) {}
