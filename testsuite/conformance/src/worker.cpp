#include "worker.hpp"

#include "attempt.hpp"
#include "file_descriptor.hpp"
#include "line_reader.hpp"
#include "names.hpp"
#include "outcome.hpp"
#include "protocol.hpp"
#include "sweep.hpp"

#include <azoth/azoth.hpp>

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

namespace azoth::conformance {
namespace {

/// Where nobody reads the answer any more, the next command does not come: the worker ends by itself.
void say(const protocol::answer& a) {
    const std::string line = protocol::encode(a);
    (void)write_all(protocol::answers, line.data(), line.size());
}

std::string plugin_version(const dialect_info& who) {
    for (const auto& c : dialect_registry::instance().candidates())
        if (c.is_loaded && c.metadata.dialect == who.dialect && c.metadata.driver == who.driver) return c.metadata.version;
    return {};
}

tested_server describe(const azoth::engine& db, const profile& p) {
    const dialect_info& who = db.dialect().info();
    tested_server s{who.dialect, who.driver, {}, who.is_embedded};
    s.versions["azoth"] = AZOTH_VERSION;
    s.versions["plugin"] = plugin_version(who);
    s.versions["client library"] = p.client_library;
    s.versions["server"] = fmt::format("{} {}", p.server, p.server_version);
    return s;
}

/// Cases hold several connections at once. Where there is one, they would wait for themselves until they time out.
void require_connections(const azoth::engine& db, const url& target) {
    if (db.dialect().suggested_pool(target) == dialect::pool_hint::shared_connection)
        throw_error(errc::url_option, fmt::format("{} has one connection for all, and cases need several: test a database in a file, "
                                                  "such as {}:////tmp/conformance.db",
                                                  target.to_string(), target.scheme()));
}

class worker {
public:
    explicit worker(std::span<const test_case> cases) : cases_{cases} {}

    void set_up(const protocol::setup& to) {
        for (const auto& p : to.plugins) dialect_registry::instance().add_plugin(p);
        timeout_ = to.timeout;
        target_ = url::parse(to.url);
        engine_options quiet;
        quiet.log = {};
        const azoth::engine db = create_engine(target_, quiet);
        require_connections(db, target_);
        server_ = db.connect().server_profile();
        protocol::answer ready;
        ready.server = describe(db, server_);
        ready.prefix = name_prefix();
        say(ready);
        db.dispose();
    }
    void run(const std::string& id) const {
        const auto which = std::find_if(cases_.begin(), cases_.end(), [&](const auto& c) { return c.id == id; });
        if (which == cases_.end()) throw_error(errc::internal, fmt::format("a worker does not know the case {}", id));
        // Somebody kills a case that hangs. Should he be killed himself, this ends it.
        ::alarm(static_cast<unsigned>(timeout_) * 2 + 60);
        const bool is_claimed = !which->rests_on.holds || which->rests_on.holds(server_);
        test_case asked = *which;
        asked.rests_on.refused_by = which->rests_on.refusal_on(server_);
        protocol::answer done;
        done.result = judge(asked, is_claimed, [&](bool unchecked) {
            return run_once(*which, target_, unchecked, [&](const attempt& known) { say_last(*which, known); });
        });
        ::alarm(0);
        say(done);
    }
    void clean(const std::string& prefix) const {
        protocol::answer done;
        done.swept = sweep(target_, prefix);
        say(done);
    }

private:
    static void say_last(const test_case& which, const attempt& known) {
        protocol::answer dying;
        dying.result = case_result{std::string{which.id}, outcome::fail, 0, describe_failure(which, known)};
        dying.is_dying = true;
        say(dying);
    }

    std::span<const test_case> cases_;
    url target_{};
    profile server_{};
    double timeout_{};
};

bool obey(worker& w, const protocol::command& c) try {
    if (c.setup) w.set_up(*c.setup);
    else if (!c.sweep.empty()) w.clean(c.sweep);
    else w.run(c.run);
    return true;
} catch (const std::exception& e) {
    protocol::answer problem;
    problem.error = e.what();
    say(problem);
    return false;
}

}  // namespace

int run_worker(std::span<const test_case> cases) {
    line_reader commands{STDIN_FILENO};
    worker w{cases};
    while (const auto line = commands.wait_for_line())
        if (!obey(w, protocol::decode_command(*line))) return 1;
    return 0;
}

}  // namespace azoth::conformance
