package org.tradepost.product.catalogue;

import java.util.Locale;
import java.util.regex.Pattern;
import org.tradepost.common.contract.product.ProductContract.Product;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;

/**
 * The ETag of a product, {@code "<version>-<available>"}. For a reader the tag changes with the
 * available pieces too; for a writer only the version counts.
 */
final class EntityTag {

  private static final String TAG = "(?:W/)?\"[^\"]*\"";

  /** RFC 9110, 13.1.1 and 5.6.1: a list of entity tags, of which some elements may be empty. */
  private static final Pattern IF_MATCH =
      Pattern.compile("[,\\s]*%1$s(?:\\s*,\\s*(?:%1$s)?)*".formatted(TAG));

  /**
   * A tag that contains a version. A proxy that compresses makes a tag weak or adds its coding,
   * such as {@code W/"7-12"}, {@code "7-12-gzip"} or {@code "7-12;br"}; the version still counts.
   */
  private static final Pattern VERSION =
      Pattern.compile("\"(\\d{1,18})(?:-\\d+)?(?:(?:--?|;)[a-z]{2,10})?\"");

  private EntityTag() {}

  static String of(Product product) {
    return String.format(Locale.ROOT, "\"%d-%d\"", product.version(), product.available());
  }

  /**
   * Checks the precondition of a change.
   *
   * @param ifMatch the header field, or null for none
   * @param version the product's current version
   * @throws ServiceException {@code PRECONDITION_FAILED}, or {@code INVALID_REQUEST} when the
   *     header field is not an ETag
   */
  static void check(String ifMatch, long version) {
    if (ifMatch == null || ifMatch.trim().equals("*")) {
      return;
    }
    if (!IF_MATCH.matcher(ifMatch.trim()).matches()) {
      throw ServiceException.invalid("/ifMatch", "must be an ETag in quotes, or *");
    }
    var tags = VERSION.matcher(ifMatch);
    if (tags.results().noneMatch(tag -> Long.parseLong(tag.group(1)) == version)) {
      throw new ServiceException(CommonError.PRECONDITION_FAILED);
    }
  }
}
