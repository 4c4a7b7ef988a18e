#include "statement.hpp"

#include "connection.hpp"

namespace @name@_dialect {

// The constructor, bind and start first: then tables can be made and filled. step and read next: then they can be read.

statement::statement(std::string_view) { not_written("statement::statement prepares, in statement.cpp"); }

void statement::bind(std::size_t, const azoth::cell&) { not_written("statement::bind, in statement.cpp"); }

void statement::start() { not_written("statement::start, in statement.cpp"); }

bool statement::step() { not_written("statement::step, in statement.cpp"); }

void statement::read(std::span<azoth::cell>) { not_written("statement::read, in statement.cpp"); }

}  // namespace @name@_dialect
