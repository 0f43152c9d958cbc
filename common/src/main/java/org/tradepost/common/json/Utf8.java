package org.tradepost.common.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * UTF-8 as RFC 3629 has it: no overlong form, no surrogate, nothing broken off. What is read
 * loosely by one part is another text for the next one.
 */
public final class Utf8 {

  private Utf8() {}

  /**
   * Decodes a text.
   *
   * @throws CharacterCodingException when it is not UTF-8
   */
  public static String decode(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
