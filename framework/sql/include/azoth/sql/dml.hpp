#pragma once

// INSERT, UPDATE and DELETE.
#include <azoth/sql/delete.hpp>
#include <azoth/sql/insert.hpp>
#include <azoth/sql/update.hpp>
#include <azoth/sql/upsert.hpp>
