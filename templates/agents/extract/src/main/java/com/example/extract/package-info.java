/** Makes checked records of documents that an API holds. */
@NullMarked
package com.example.extract;

import org.jspecify.annotations.NullMarked;
