package org.tradepost.platform.description;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Format;
import com.networknt.schema.JsonMetaSchema;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import org.tradepost.common.json.ReadableText;
import org.tradepost.common.json.WireId;
import org.tradepost.common.json.WireTime;

/**
 * The text formats in API descriptions, by name. Text for people has the format {@code line}, or
 * {@code text} if it may have several lines. A service may add its own formats, which a {@link
 * ServiceLoader} finds.
 */
final class TextFormats {

  private TextFormats() {}

  static JsonMetaSchema.Builder addTo(JsonMetaSchema.Builder dialect) {
    ServiceLoader.load(Format.class).forEach(dialect::format);
    return dialect
        // The library's own depends on the parser on the class path and may accept other times.
        .format(new TextFormat("date-time", WireTime::isTime))
        .format(new TextFormat("uuid", WireId::isId))
        .format(new TextFormat("line", ReadableText::isLine))
        .format(new TextFormat("text", ReadableText::isText));
  }

  /** What is wrong with a text, as the rest of a sentence that begins with its field. */
  static String fault(String format) {
    return switch (format) {
      case "line" -> "must be one line of visible text without hidden characters";
      case "text" -> "must be visible text without hidden characters";
      case "idn-email" -> "is not a valid email";
      default -> "is not a valid " + format;
    };
  }

  private record TextFormat(String name, Predicate<String> holds) implements Format {

    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean matches(ExecutionContext context, String value) {
      return holds.test(value);
    }

    @Override
    public String getMessageKey() {
      return "format";
    }
  }
}
