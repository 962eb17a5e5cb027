package dev.metsuke.console.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Answers HEAD as GET, with every check, status and header; the server leaves out the body. The router's own answer would be 200 wherever
 * there is a GET, also of a console that is not ready.
 */
public final class HeadAsGet implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean isHead =
                request instanceof HttpServletRequest http && http.getMethod().equals("HEAD");
        chain.doFilter(isHead ? new AsGet((HttpServletRequest) request) : request, response);
    }

    private static final class AsGet extends HttpServletRequestWrapper {

        AsGet(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getMethod() {
            return "GET";
        }

        /** Not that a stream is accepted: it would last, and nobody would hear it. */
        @Override
        public @Nullable String getHeader(String name) {
            return name.equalsIgnoreCase("Accept") ? null : super.getHeader(name);
        }
    }
}
