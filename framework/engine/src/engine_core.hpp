#pragma once

#include "event_hub.hpp"
#include "statement_cache.hpp"

#include <azoth/driver/dialect.hpp>
#include <azoth/engine/options.hpp>
#include <azoth/pool/pool.hpp>
#include <azoth/url/url.hpp>

#include <deque>
#include <memory>
#include <mutex>

namespace azoth::detail {

/// A server profile as an engine knows it: connections to the same kind of server share one, and their compiled statements.
struct known_profile {
    profile server{};
    std::uint64_t scope{};  ///< unlike that of any other engine's profile
};

class engine_core {
public:
    engine_core(azoth::url target, std::shared_ptr<const dialect> of, engine_options with);

    const known_profile& intern(const profile& server);
    /// Compiles the statement, or finds it compiled.
    void compile(const node_ptr& statement, const known_profile& server, compilation& out);

    const azoth::url target;
    const std::shared_ptr<const dialect> sql;
    const engine_options options;
    statement_cache cache;
    event_hub events{};
    std::shared_ptr<azoth::pool> connections{};

private:
    std::mutex mutex_{};
    std::deque<known_profile> profiles_{};
};

}  // namespace azoth::detail
