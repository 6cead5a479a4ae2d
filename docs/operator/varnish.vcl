# Varnish in front of eclor: what may be kept is kept for as long as it says, and not a second more.
# Run with: varnishd -f varnish.vcl -p http_gzip_support=off
# (eclor sends its own compressed copies, each under its own tag). Tested as it stands by tests/contract/test_caches.py.
vcl 4.1;

backend eclor {
    .host = "127.0.0.1";
    .port = "8000";
}

sub vcl_recv {
    # three codings at most, so that each is kept once
    if (req.http.Accept-Encoding ~ "(^|[ ,])br($|[ ,])") {
        set req.http.Accept-Encoding = "br";
    } elsif (req.http.Accept-Encoding ~ "(^|[ ,])zstd($|[ ,])") {
        set req.http.Accept-Encoding = "zstd";
    } elsif (req.http.Accept-Encoding ~ "(^|[ ,])gzip($|[ ,])") {
        set req.http.Accept-Encoding = "gzip";
    } else {
        unset req.http.Accept-Encoding;
    }
    # a part is of the plain file
    if (req.http.Range && !req.http.If-Range) {
        unset req.http.Accept-Encoding;
    }
    # live events come as they are written; Varnish refuses answers of several parts, which reach their reader untouched
    if (req.url ~ "^/api/v1/live/" || req.http.Range ~ ",") {
        return (pipe);
    }
    # only what names its version may be kept; conditions and ranges of all else reach eclor
    if (req.url !~ "^/dataset/[^/]+/versions/") {
        return (pass);
    }
    unset req.http.Cookie;
}

sub vcl_backend_response {
    # never served past its age, not even while eclor is away; kept longer only to be asked again by its tag
    set beresp.grace = 0s;
    set beresp.keep = 1h;
    if (beresp.status != 200) {
        set beresp.ttl = 0s;
        set beresp.uncacheable = true;
    }
}

sub vcl_deliver {
    if (obj.hits > 0) {
        set resp.http.X-Cache = "HIT";
    } else {
        set resp.http.X-Cache = "MISS";
    }
}
