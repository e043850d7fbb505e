using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Functions.Tests;

/// <summary>
/// The worker's own routing, ASP.NET Core's: what the host has sent on must fit one function better than all others, or
/// the request fails.
/// </summary>
internal static class WorkerRouting
{
    private static readonly RequestDelegate Pipeline = Build();

    /// <exception cref="InvalidOperationException">Several functions fit equally well.</exception>
    public static async Task<string?> MatchAsync(string method, string path)
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Path) = (method, path);
        await Pipeline(context);
        return context.GetEndpoint()?.DisplayName;
    }

    private static RequestDelegate Build()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddRouting();
        WebApplication app = builder.Build();
        app.UseRouting();
        foreach (Door door in Door.All)
        {
            IEndpointConventionBuilder mapped = app
                .Map(door.Trigger.Route!, () => { })
                .WithDisplayName(door.Name);
            if (door.Trigger.Methods.Length > 0)
            {
                mapped.WithMetadata(new HttpMethodMetadata(door.Trigger.Methods));
            }
        }

        app.UseEndpoints(_ => { });
        return ((IApplicationBuilder)app).Build();
    }
}
