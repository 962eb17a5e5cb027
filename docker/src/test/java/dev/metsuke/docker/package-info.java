/** What of images, compose files and Kibana's objects can be checked without any server. */
@NullMarked
package dev.metsuke.docker;

import org.jspecify.annotations.NullMarked;
