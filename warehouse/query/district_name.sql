SELECT district_name FROM reference.district WHERE district_code = $1
