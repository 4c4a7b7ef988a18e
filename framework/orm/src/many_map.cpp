#include <azoth/orm/many_map.hpp>

#include <azoth/base/error.hpp>

#include <fmt/format.h>

namespace azoth::orm::detail {

void throw_no_key(const relation_info& r, const cell& key) {
    throw_error(errc::invalid_argument, fmt::format("{} has no object whose {} is {}: ask find() or contains() where there may be none",
                                                    r.name, r.said->key_name, describe(key)));
}

void throw_shared_key(const relation_info& r, const cell& key) {
    throw_error(errc::invalid_argument,
                fmt::format("{} has two objects whose {} is {}: a many_map finds one by each key, so give one of them another key, or take "
                            "it out (erase(handle))",
                            r.name, r.said->key_name, describe(key)));
}

}  // namespace azoth::orm::detail
