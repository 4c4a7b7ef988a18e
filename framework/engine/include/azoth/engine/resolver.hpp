#pragma once

#include <azoth/engine/engine.hpp>

#include <span>
#include <string_view>

namespace azoth {

/// What an engine is wanted for.
struct engine_request {
    std::string_view table{};      ///< the entity's, of what it inherits the first; empty: any
    std::span<const value> key{};  ///< of the row, its columns in order; of what a collection leads to, its owner's; empty: none is known
    bool read_only{};              ///< a replica will do
};

/// Chooses the engine for a piece of work: replicas for reads, shards by key. Sessions and tools take a resolver, so that one database
/// can become several without a change to them. Thread-safe.
class AZOTH_API engine_resolver {
public:
    virtual ~engine_resolver();
    [[nodiscard]] virtual engine resolve(const engine_request& request) const = 0;
};

/// One engine for everything.
class AZOTH_API single_engine final : public engine_resolver {
public:
    explicit single_engine(engine one) noexcept : one_{std::move(one)} {}
    [[nodiscard]] engine resolve(const engine_request&) const override { return one_; }

private:
    engine one_;
};

}  // namespace azoth
