#pragma once

#include <azoth/azoth.hpp>

#include <string>

namespace azoth::command {

/// An error as the shell tells it: what is wrong and, where the database says at which character, that line of the statement with a mark
/// beneath. The statement itself stands above already.
std::string told(const error& failed);

}  // namespace azoth::command
