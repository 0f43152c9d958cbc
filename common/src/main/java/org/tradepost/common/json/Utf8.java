package org.tradepost.common.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Strict UTF-8 (RFC 3629), without overlong forms, surrogates or truncated sequences. Bytes that
 * one component decodes leniently are a different text to the next one.
 */
public final class Utf8 {

  private Utf8() {}

  /**
   * Decodes a text.
   *
   * @throws CharacterCodingException if it is not UTF-8
   */
  public static String decode(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
