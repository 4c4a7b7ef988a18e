#pragma once

#include "event_hub.hpp"
#include "statement_cache.hpp"

#include <azoth/driver/dialect.hpp>
#include <azoth/engine/options.hpp>
#include <azoth/pool/pool.hpp>
#include <azoth/url/url.hpp>

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

namespace azoth::detail {

/// A server profile as an engine knows it: connections to the same kind of server share one, and their compiled statements.
struct known_profile {
    profile server{};
    std::uint64_t scope{};  ///< unlike that of any other engine's profile, and of any other translation of schemas
    name_map schemas{};     ///< those to write in place of others
};

class engine_core {
public:
    engine_core(azoth::url target, std::shared_ptr<const dialect> of, engine_options with);

    const known_profile& intern(const profile& server);
    /// The same server where schemas stand for others: statements compile to other SQL then.
    const known_profile& translated(const known_profile& plain, const name_map& schemas);
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
    std::map<std::pair<std::uint64_t, name_map>, const known_profile*> translated_{};  ///< by the scope of the profile as it is
};

}  // namespace azoth::detail
