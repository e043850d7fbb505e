namespace Lightport.Storage;

/// <summary>One provider, model, rule, key or setting of a configuration, as a store keeps it.</summary>
/// <param name="Kind"><c>provider</c>, <c>model</c>, <c>rule</c>, <c>key</c> or <c>setting</c>.</param>
/// <param name="Name">Tells it from others of its kind; any text.</param>
/// <param name="Order">Its place in the document, from 0.</param>
/// <param name="Json">What the document says of it. A store gives back what it holds, JSON or not.</param>
public sealed record ConfigurationEntry(string Kind, string Name, int Order, string Json);
