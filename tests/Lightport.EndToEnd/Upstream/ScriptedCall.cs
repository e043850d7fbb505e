namespace Lightport.EndToEnd.Upstream;

internal sealed record ScriptedCall(string Id, string Name, string Arguments);
