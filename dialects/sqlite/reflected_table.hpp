#pragma once

#include "catalogue.hpp"

namespace azoth::sqlite {

/// Where the objects of a reading stand, and what becomes of what the model cannot hold.
struct reading {
    std::string schema{};  ///< as the request says it
    bool temporary{};
    std::vector<reflection_note> notes{};

    void note(const std::string& of, std::string what) { notes.push_back({{schema, of}, std::move(what)}); }
    /// Of what is only read as something else, and is written again as it is.
    void note_reading(const std::string& of, std::string what) { notes.push_back({{schema, of}, std::move(what), {}, true}); }
};

table_ptr reflected_table(const std::string& name, const object_rows& rows, reading& in);
view_definition reflected_view(const std::string& name, const object_rows& rows, const catalogue_rows& all, reading& in);

/// SQL of SQLite's own.
node_ptr sqlite_sql(std::string_view sql);

}  // namespace azoth::sqlite
