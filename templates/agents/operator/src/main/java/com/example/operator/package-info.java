/** Works off support tickets with tools that change the world. */
@NullMarked
package com.example.operator;

import org.jspecify.annotations.NullMarked;
