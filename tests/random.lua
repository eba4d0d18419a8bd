-- random.lua - wrk asks for a random one of the paths in a file, one a line.
local paths = {}

function init(args)
  for line in io.lines(args[1]) do
    paths[#paths + 1] = wrk.format("GET", line)
  end
  math.randomseed(os.time())
end

function request()
  return paths[math.random(#paths)]
end
