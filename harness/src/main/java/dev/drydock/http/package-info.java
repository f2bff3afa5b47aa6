/** HTTP requests: credentials, redirects, {@code Retry-After}, size limits. */
@NullMarked
package dev.drydock.http;

import org.jspecify.annotations.NullMarked;
