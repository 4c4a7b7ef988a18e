#pragma once

#include <azoth/engine/options.hpp>

#include <string>

namespace azoth::detail {

/// Whether all of it is left unsaid.
bool is_silent(const execution_options& options) noexcept;
/// Throws interface_error (invalid-argument) for what no statement can run with.
void check_options(const execution_options& options);

/// Tags as a comment behind a statement: " /*key='value',...*/", keys and values URL-encoded, so that nothing in them can end the comment
/// or be taken for a placeholder. https://google.github.io/sqlcommenter/spec/
std::string tag_comment(const name_map& tags);
/// Adds the comment, unless the statement has a comment already: sqlcommenter leaves such a one as it is.
void append_comment(std::string& sql, const std::string& comment);

}  // namespace azoth::detail
