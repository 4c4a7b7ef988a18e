#pragma once

#include <azoth/base/cell.hpp>
#include <azoth/base/export.hpp>
#include <azoth/orm/kept_columns.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

namespace azoth::orm {

/// Where an object stands between a program and its database. A transient one is the program's alone; a pending one will be inserted by
/// the next flush; a persistent one has a row; a deleted one had, and the transaction that deleted it is not over; a detached one has a
/// row and no session.
enum class object_state : std::uint8_t { transient, pending, persistent, deleted, detached };
[[nodiscard]] AZOTH_API const char* to_string(object_state state) noexcept;

namespace detail {

class instance_block;
class object_graph;
class session_core;
struct entity_class;
struct instance;
struct query_options;

/// Objects that were loaded together: what one of them is asked for is read for all.
struct load_batch {
    std::vector<instance*> members{};
    std::shared_ptr<const query_options> options{};  ///< of the query that loaded them; null: none
};

/// What is kept of an object beside the object itself. An instance that no other is related to lives alone, as long as a handle does; the
/// others live in a graph, whose handles keep all of it.
struct instance {
    instance(const entity_class& c, void* o) noexcept : of{&c}, object{o} {}
    instance(const instance&) = delete;
    instance& operator=(const instance&) = delete;

    const entity_class* of;
    void* object;
    std::atomic<std::uint32_t> handles{0};
    object_state state{object_state::transient};  ///< as its session set it; ask `state_of`
    bool is_expired{};                            ///< what it holds is to be read again
    bool is_removed{};                            ///< the next flush deletes its row
    std::uint32_t seen{};                         ///< in which of its session's transactions its columns were read
    object_graph* graph{};                        ///< null: alone
    instance* next{};                             ///< in its graph
    instance* previous{};
    instance_block* block{};              ///< its memory; null: its own
    kept_columns committed{};             ///< its columns as the database has them, as far as the session knows
    std::shared_ptr<load_batch> batch{};  ///< with which others it was loaded
};

/// One handle more, one less: the last one of a graph ends it. Thread-safe for graphs that no session holds.
AZOTH_API void retain(instance& i) noexcept;
AZOTH_API void release(instance& i) noexcept;

}  // namespace detail
}  // namespace azoth::orm
