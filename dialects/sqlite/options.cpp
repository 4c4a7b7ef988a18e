#include "options.hpp"

#include "handle.hpp"
#include "sql_text.hpp"

#include <fmt/format.h>

#include <limits>
#include <string_view>

namespace azoth::sqlite {
namespace {

using std::string_view;

/// A setting of SQLite's own that a URL option sets by its name.
struct pragma_option {
    string_view name;
    string_view help;
    std::vector<std::string> allowed;  ///< empty: a whole number
    string_view initial{};             ///< set even where the URL does not; empty: SQLite's own default stays
    std::int64_t min{std::numeric_limits<std::int64_t>::min()};
};

/// In the order in which they are set: the locking mode decides how the journal mode can change.
const std::vector<pragma_option>& pragma_options() {
    const std::vector<std::string> on_off{"on", "off"};
    static const std::vector<pragma_option> options{
        {"locking_mode", "normal, or exclusive: locks once taken are kept", {"normal", "exclusive"}},
        {"journal_mode",
         "how a transaction is undone; wal lets readers and one writer work at once (default: the file's own)",
         {"delete", "truncate", "persist", "memory", "wal", "off"}},
        {"synchronous", "how hard SQLite waits for the disk (default full)", {"off", "normal", "full", "extra"}},
        {"foreign_keys", "whether foreign keys are enforced (default on)", on_off, "on"},
        {"recursive_triggers", "whether triggers fire triggers, and REPLACE fires delete triggers (default: the library's)", on_off},
        {"case_sensitive_like", "whether LIKE tells a from A (default off)", on_off},
        {"secure_delete", "whether deleted content is overwritten with zeros (default: the library's)", {"on", "off", "fast"}},
        {"trusted_schema", "whether views and triggers of the file may use functions with side effects (default off)", on_off, "off"},
        {"temp_store", "where temporary tables live (default: the library's)", {"default", "file", "memory"}},
        {"cache_size", "page cache: pages, or KiB where negative (default -2000)", {}},
        {"mmap_size", "how many bytes of the file are mapped into memory (default 0)", {}, {}, 0},
        {"wal_autocheckpoint", "pages in the write-ahead log that start a checkpoint; 0: never (default 1000)", {}, {}, 0},
        {"journal_size_limit", "bytes that an idle journal may keep; -1: no limit (default)", {}, {}, -1},
    };
    return options;
}

/// A path inside a `file:` URI.
std::string uri_path(string_view path) {
    std::string coded;
    for (const char c : path) {
        if (c == '%' || c == '?' || c == '#') coded += fmt::format("%{:02x}", static_cast<unsigned char>(c));
        else coded += c;
    }
    return coded;
}

void refuse_server_parts(const url& target) {
    if (target.user() || target.password())
        throw_error(errc::url_syntax, "SQLite has no users: remove what stands before the @ in the URL");
    if (target.hosts().empty()) return;
    const std::string& host = target.hosts().front().name;
    throw_error(errc::url_syntax,
                fmt::format("SQLite has no hosts, but the URL names \"{0}\": a relative path has three slashes (sqlite:///{0}), an "
                            "absolute one four (sqlite:////{0})",
                            host));
}

void read_place(const url& target, settings& s) {
    const option_reader options{target};
    const std::string mode = options.word("mode", target.database().empty() || target.database() == ":memory:" ? "memory" : "rwc",
                                          {"ro", "rw", "rwc", "memory"});
    const bool is_unnamed = target.database().empty() || target.database() == ":memory:";
    const bool is_immutable = options.word("immutable", "off", {"on", "off"}) == "on";
    s.shared_cache = options.word("cache", "private", {"private", "shared"}) == "shared";
    s.in_memory = mode == "memory";
    if (is_unnamed && !s.in_memory) option_reader::refuse("mode", mode, "the URL names no file, so the database is in memory");
    if (is_immutable && (s.in_memory || target.find_option("mode").value_or("ro") != "ro"))
        option_reader::refuse("immutable", "on", "only a file opened with mode=ro cannot change");
    s.flags = SQLITE_OPEN_NOMUTEX | (s.shared_cache ? SQLITE_OPEN_SHAREDCACHE : SQLITE_OPEN_PRIVATECACHE);
    if (is_immutable || mode == "ro") s.flags |= SQLITE_OPEN_READONLY;
    else s.flags |= SQLITE_OPEN_READWRITE | (mode == "rw" ? 0 : SQLITE_OPEN_CREATE);
    if (!is_unnamed) s.path = target.database();
    if (s.in_memory) {
        s.file = ":memory:";
        // SQLite shares a database in memory by its name, and only for URIs.
        if (s.shared_cache) {
            s.file = "file:" + uri_path(is_unnamed ? "memory" : s.path) + "?mode=memory&cache=shared";
            s.flags |= SQLITE_OPEN_URI;
        }
    } else if (is_immutable) {
        s.file = fmt::format("file:{}?immutable=1", uri_path(s.path));
        s.flags |= SQLITE_OPEN_URI;
    } else {
        // Libraries built with URIs switched on would take a name that starts like one for one.
        s.file = s.path.starts_with("file:") ? "./" + s.path : s.path;
    }
}

std::string pragma_value(const url& target, const pragma_option& option) {
    const auto given = target.find_option(option.name);
    if (!given) return std::string{option.initial};
    if (option.allowed.empty()) return fmt::format("{}", option_reader{target}.number(option.name, 0, option.min));
    for (const auto& word : option.allowed)
        if (same_word(*given, word)) return word;
    option_reader::refuse(option.name, *given, fmt::format("it takes {}", fmt::join(option.allowed, ", ")));
}

}  // namespace

std::vector<url_option> known_options() {
    std::vector<url_option> options{
        {"mode", "ro, rw, rwc (read, write, create: the default) or memory", {"ro", "rw", "rwc", "memory"}},
        {"cache", "shared: the connections of this process share one page cache (default private)", {"private", "shared"}},
        {"immutable", "on: nobody changes the file, so it is read without locks; needs mode=ro (default off)", {"on", "off"}},
        {"busy_timeout", "milliseconds to wait for another connection's lock (default 5000)", {}},
        {"transaction", "how transactions begin unless they say so themselves (default deferred)", {"deferred", "immediate", "exclusive"}},
    };
    for (const auto& o : pragma_options()) options.push_back({std::string{o.name}, std::string{o.help}, o.allowed});
    return options;
}

settings read_settings(const url& target) {
    refuse_server_parts(target);
    settings s;
    const option_reader options{target};
    read_place(target, s);
    constexpr std::int64_t a_day = std::int64_t{24} * 60 * 60 * 1000;
    s.busy_timeout = std::chrono::milliseconds{options.number("busy_timeout", 5000, 0, a_day)};
    s.begin_mode = options.word("transaction", "DEFERRED", {"DEFERRED", "IMMEDIATE", "EXCLUSIVE"});
    for (const auto& option : pragma_options())
        if (std::string value = pragma_value(target, option); !value.empty()) s.pragmas.emplace_back(option.name, std::move(value));
    return s;
}

}  // namespace azoth::sqlite
