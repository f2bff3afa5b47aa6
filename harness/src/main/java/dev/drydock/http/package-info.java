/** Requests to APIs: credentials, redirects, {@code Retry-After}, limits on the size of answers. */
@NullMarked
package dev.drydock.http;

import org.jspecify.annotations.NullMarked;
