namespace Lightport.Dialects;

/// <summary>An answer as its client can ask for it again, and what it answered.</summary>
/// <param name="Id">As the client was told it.</param>
/// <param name="Input">All that was asked, a JSON array of the dialect's items.</param>
/// <param name="Answer">The answer, a JSON object of the dialect.</param>
public sealed record KeptAnswer(string Id, string Input, string Answer);
