package org.tradepost.launcher.hostile;

import static org.tradepost.launcher.hostile.HostileTexts.one;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Breaks bodies: their JSON, their bytes, their encoding. */
final class BodyMutations {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<Charset> OTHERS =
      List.of(
          StandardCharsets.UTF_16,
          StandardCharsets.UTF_16LE,
          Charset.forName("UTF-32"),
          StandardCharsets.ISO_8859_1);
  private static final byte[][] BROKEN = {
    {(byte) 0xC0, (byte) 0xAF},
    {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
    {(byte) 0xFF},
    {(byte) 0x80},
    {0},
    {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF},
    {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80}
  };

  private final Random random;

  BodyMutations(Random random) {
    this.random = random;
  }

  void mutate(HttpCall call) {
    switch (random.nextInt(10)) {
      case 0 -> call.body = insert(call.body, BROKEN[random.nextInt(BROKEN.length)]);
      case 1 -> call.body = Arrays.copyOf(call.body, random.nextInt(call.body.length + 1));
      case 2 -> call.body = text(call).getBytes(one(OTHERS, random));
      case 3 -> call.body = one(HostileTexts.JSON, random).getBytes(StandardCharsets.UTF_8);
      default -> mutateJson(call);
    }
  }

  private byte[] insert(byte[] body, byte[] added) {
    var offset = random.nextInt(body.length + 1);
    var bytes = Arrays.copyOf(body, body.length + added.length);
    System.arraycopy(body, offset, bytes, offset + added.length, body.length - offset);
    System.arraycopy(added, 0, bytes, offset, added.length);
    return bytes;
  }

  private static String text(HttpCall call) {
    return new String(call.body, StandardCharsets.UTF_8);
  }

  private void mutateJson(HttpCall call) {
    JsonNode root;
    try {
      root = MAPPER.readTree(call.body);
    } catch (IOException broken) {
      return;
    }
    var containers = new ArrayList<JsonNode>();
    collect(root, containers);
    if (!containers.isEmpty()) {
      change(one(containers, random));
      call.body = root.toString().getBytes(StandardCharsets.UTF_8);
    }
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private void change(JsonNode container) {
    var value = new RawValue(one(HostileTexts.JSON, random));
    if (container instanceof ArrayNode array) {
      changeArray(array, value);
    } else if (container instanceof ObjectNode object) {
      changeObject(object, value);
    }
  }

  private void changeArray(ArrayNode array, RawValue value) {
    switch (random.nextInt(4)) {
      case 0 -> array.removeAll();
      case 1 -> {
        for (var i = array.size(); i > 0 && array.size() < 500; i--) {
          array.addAll(array.deepCopy());
        }
      }
      default -> array.addRawValue(value);
    }
  }

  private void changeObject(ObjectNode object, RawValue value) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    var name = names.isEmpty() ? "x" : one(names, random);
    switch (random.nextInt(5)) {
      case 0 -> object.remove(name);
      case 1 -> object.putRawValue(name + "\",\"" + name, value);
      case 2 -> object.putRawValue(one(HostileTexts.URI, random), value);
      default -> object.putRawValue(name, value);
    }
  }
}
