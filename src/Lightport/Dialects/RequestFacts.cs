namespace Lightport.Dialects;

/// <summary>What a dialect reads from a client's request before anything of it is translated.</summary>
/// <param name="Operation">What is asked for.</param>
/// <param name="Model">The model's name as the client gave it.</param>
/// <param name="Stream">The answer is to come in pieces.</param>
/// <param name="Format">How the answer looks on the wire.</param>
public readonly record struct RequestFacts(Operation Operation, string Model, bool Stream, AnswerFormat Format);
