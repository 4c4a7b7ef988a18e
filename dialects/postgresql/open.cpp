#include "open.hpp"

#include "classify.hpp"
#include "errors.hpp"
#include "name_lookup.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <vector>

namespace azoth::postgresql {
namespace {

/// Why one server was not to be had.
struct failure {
    std::string message;
    std::string sqlstate;
    /// Another server would say the same: the credentials are refused, or the database is not there.
    [[nodiscard]] bool is_final() const { return sqlstate.starts_with("28") || sqlstate == "3D000" || sqlstate == "42501"; }
};

/// libpq tells no SQLSTATE of a login that fails, but in its most verbose message: "FATAL:  28P01: password ...\nLOCATION:  ...".
failure read_failure(const PGconn* connection) {
    std::string text = PQerrorMessage(connection);
    if (const auto at = text.find("\nLOCATION:"); at != std::string::npos) text.erase(at);
    failure found{one_line(text), {}};
    const auto severity = found.message.find("FATAL: ");
    if (severity == std::string::npos) return found;
    const auto at = severity + std::string_view{"FATAL: "}.size();
    constexpr std::size_t digits = 5;
    if (found.message.size() < at + digits + 2 || found.message[at + digits] != ':') return found;
    found.sqlstate = found.message.substr(at, digits);
    found.message.erase(at, digits + 2);
    return found;
}

std::string name_of(const settings::place& place) {
    const std::string host = place.host.empty() ? "the local socket" : place.host;
    return place.port == 0 ? host : fmt::format("{}:{}", host, place.port);
}

/// Until when one host may take.
deadline limit_of(const settings& to, const connect_args& args) {
    if (to.connect_timeout.count() == 0) return args.until;
    const auto own = deadline::after(to.connect_timeout);
    return own.at() < args.until.at() ? own : args.until;
}

/// One attempt to reach one server.
class attempt {
public:
    attempt(const settings& to, const settings::place& place, std::string_view wanted, const connect_args& args, const deadline& until)
        : args_{args}, until_{until} {
        start(to, place, wanted);
    }

    connection_handle run() {
        auto wanted = PGRES_POLLING_WRITING;
        while (PQstatus(connection_.get()) != CONNECTION_BAD && wanted != PGRES_POLLING_OK && wanted != PGRES_POLLING_FAILED) {
            args_.wait.wait(PQsocket(connection_.get()), wanted == PGRES_POLLING_READING ? wait_for::read : wait_for::write, until_,
                            stop_token{});
            wanted = PQconnectPoll(connection_.get());
        }
        if (PQstatus(connection_.get()) != CONNECTION_OK) throw read_failure(connection_.get());
        return std::move(connection_);
    }

private:
    void start(const settings& to, const settings::place& place, std::string_view wanted) {
        std::vector<const char*> names;
        std::vector<const char*> values;
        const std::string port = std::to_string(place.port);
        const std::string kind{wanted};
        const auto add = [&](const char* name, const std::string& value) {
            names.push_back(name);
            values.push_back(value.c_str());
        };
        for (const auto& [name, value] : to.keywords) add(name.c_str(), value);
        if (!place.host.empty()) add("host", place.host);
        if (!place.address.empty()) add("hostaddr", place.address);
        if (place.port != 0) add("port", port);
        add("target_session_attrs", kind);
        names.push_back(nullptr);
        values.push_back(nullptr);
        // By keyword: a string with the password in it would have to be escaped, and might be printed.
        connection_.reset(PQconnectStartParams(names.data(), values.data(), 0));
        if (!connection_) throw std::bad_alloc{};
        PQsetErrorVerbosity(connection_.get(), PQERRORS_VERBOSE);
        PQsetNoticeProcessor(
            connection_.get(), [](void*, const char*) {}, nullptr);  // nothing goes to stderr
    }

    const connect_args& args_;
    deadline until_;
    connection_handle connection_{};
};

/// All servers, one after another.
class search {
public:
    search(const settings& to, const connect_args& args) : to_{to}, args_{args} {}

    connection_handle run() {
        // What prefer-standby means: a standby, and if there is none, any.
        const bool prefers = to_.wanted == "prefer-standby";
        auto found = pass(prefers ? "standby" : to_.wanted);
        if (!found && prefers) found = pass("any");
        if (!found) refuse();
        return found;
    }

private:
    connection_handle pass(std::string_view wanted) {
        for (const auto& place : to_.places) {
            try {
                if (auto found = try_place(place, wanted)) return found;
            } catch (const timeout_error&) {
                if (args_.until.has_passed()) throw timeout_at(place);
                note(place, {"no answer within the option connect_timeout", {}});
            }
        }
        return nullptr;
    }
    /// All addresses of a host; null where none is to be had.
    connection_handle try_place(const settings::place& place, std::string_view wanted) {
        const deadline until = limit_of(to_, args_);
        std::vector<std::string> addresses{place.address};
        try {
            if (place.address.empty()) addresses = look_up(place.host, args_.wait, until);
        } catch (const native_error& unknown) {
            note(place, {unknown.message(), {}});
            return nullptr;
        }
        if (addresses.empty()) addresses.emplace_back();
        std::optional<failure> last;
        for (auto& address : addresses) {
            try {
                return attempt{to_, {place.host, std::move(address), place.port}, wanted, args_, until}.run();
            } catch (const failure& f) {
                last = f;
                if (f.is_final()) break;
            }
        }
        note(place, *last);
        if (last->is_final()) refuse();
        return nullptr;
    }
    void note(const settings::place& place, const failure& f) {
        last_ = f;
        if (to_.places.size() == 1) {
            story_ = f.message;
            return;
        }
        story_ += fmt::format("{}{}: {}", story_.empty() ? "" : "; ", name_of(place), f.message);
    }
    [[noreturn]] void refuse() const { throw native_error(failed_connect, story_, last_.sqlstate); }
    [[nodiscard]] native_error timeout_at(const settings::place& place) const {
        return {failed_connect, fmt::format("{}{}{} did not answer in time: check the address, or allow more time", story_,
                                            story_.empty() ? "" : "; ", name_of(place))};
    }

    const settings& to_;
    const connect_args& args_;
    std::string story_{};
    failure last_{};
};

}  // namespace

connection_handle open_connection(const settings& to, const connect_args& args) { return search{to, args}.run(); }

}  // namespace azoth::postgresql
