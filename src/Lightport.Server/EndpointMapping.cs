namespace Lightport.Server;

/// <summary>Opens every door of <see cref="GatewayEndpoints"/> on Kestrel.</summary>
internal static class EndpointMapping
{
    public static void MapLightport(this WebApplication app)
    {
        Gateway gateway = app.Services.GetRequiredService<Gateway>();
        foreach (GatewayEndpoint endpoint in GatewayEndpoints.All)
        {
            string pattern = endpoint.TakesSlashes
                ? endpoint.Path.Replace("{", "{**", StringComparison.Ordinal)
                : endpoint.Path;
            Task Answer(HttpContext context) => gateway.HandleAsync(endpoint, context, CancellationToken.None);
            IEndpointConventionBuilder mapped = endpoint.Method == "*"
                ? app.Map(pattern, Answer)
                : app.MapMethods(pattern, [endpoint.Method], Answer);
            mapped.WithName(endpoint.Name);
        }
    }
}
