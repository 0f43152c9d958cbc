package org.tradepost.platform.description;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Format;
import org.tradepost.common.json.WireTime;

/**
 * The format {@code date-time}, alike for schemas and cursors. What the library's own takes depends
 * on which parser it finds on the class path, and need not be what is read as a time afterwards.
 */
final class DateTimeFormat implements Format {

  @Override
  public String getName() {
    return "date-time";
  }

  @Override
  public boolean matches(ExecutionContext context, String value) {
    return WireTime.isTime(value);
  }
}
