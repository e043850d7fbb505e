namespace Lightport.Routing;

/// <summary>Another attempt of the same request has begun to answer: this one is over.</summary>
internal sealed class BeatenException() : OperationCanceledException("Another target has answered first.");
