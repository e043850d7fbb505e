namespace Lightport.Storage;

/// <summary>What the gateway put into a conversation, as it is kept.</summary>
/// <param name="Owner">Whose conversation it is: for anybody else it does not exist.</param>
/// <param name="Id">Names the turns up to which it was put in, without telling them: letters and digits.</param>
/// <param name="Content">A JSON object.</param>
/// <param name="ExpiresAt">From then on it does not exist any more.</param>
public sealed record StoredSession(string Owner, string Id, string Content, DateTimeOffset ExpiresAt) : IExpiring;
