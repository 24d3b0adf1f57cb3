"""The MCP door: tools and resources for agents, over HTTP and on standard input and output."""
